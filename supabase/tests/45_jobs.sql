begin;
select plan(15);

insert into public.jobs (id, workspace_id, kind, key, state, ended_at) values
  (md5('failed job')::uuid, tests.workspace('city'), 'make-export', 'a', 'failed', now()),
  (md5('waiting job')::uuid, tests.workspace('city'), 'make-export', 'b', 'waiting', null),
  (md5('abroad job')::uuid, tests.workspace('elsewhere'), 'make-export', 'c', 'failed', now());
insert into public.jobs (id, kind, key) values (md5('ours')::uuid, 'housekeeping', 'd');
insert into public.work_holds (workspace_id) values (tests.workspace('city'));

select is(tests.who_may($$ select id from public.jobs where workspace_id = tests.workspace('city') $$), 'owner', 'owners see the jobs of their workspace');
select is(tests.who_may($$ select id from public.jobs where workspace_id is null $$), '', 'nobody sees what concerns no workspace');
select is(tests.who_may($$ select payload from public.jobs $$), '', 'nobody reads what a job is about');
select is(tests.who_may($$ insert into public.jobs (kind, key) values ('make-export', 'x') $$), '', 'nobody queues a job by hand');
select is(tests.who_may($$ update public.jobs set state = 'waiting' $$), '', 'nobody changes a job by hand');
select is(tests.who_may($$ delete from public.jobs $$), '', 'nobody deletes a job');
select is(tests.who_may($$ select public.retry_job(md5('failed job')::uuid) $$), 'owner', 'an owner has a failed job tried again');
select is(tests.who_may($$ select public.discard_job(md5('waiting job')::uuid) $$), 'owner', 'an owner gives a job up');
select is(tests.who_may($$ select public.retry_job(md5('abroad job')::uuid) $$), 'stranger', 'owners decide in their own workspace');
select tests.authenticate_as('owner');
select throws_ok($$ select public.retry_job(md5('waiting job')::uuid) $$, '55000', null, 'what waits is not tried again, and an owner is told why');
select public.discard_job(md5('waiting job')::uuid);
select throws_ok($$ select public.discard_job(md5('waiting job')::uuid) $$, '55000', null, 'nor is given up what was');
select tests.act_as_system();
select is(tests.who_may($$ select 1 from public.work_holds $$), 'owner', 'owners see that work is held');
select is(tests.who_may($$ delete from public.work_holds $$), 'owner', 'owners let it go on');
select is(tests.who_may($$ insert into public.work_holds (workspace_id) values (tests.workspace('elsewhere')) $$), '', 'nobody holds work by hand');
select is(tests.who_may($$ select private.queue_job('make-export', 'y') $$), '', 'nobody queues a job through the function');

select * from finish();
rollback;
