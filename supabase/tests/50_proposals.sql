begin;
select plan(33);

-- A commenter proposes wording, an agency elsewhere too, which nobody here may hear of.
create function tests.propose(document text, said text, place text, kind text default 'replace', content jsonb default '[]', proposer uuid default auth.uid()) returns setof uuid language plpgsql security invoker
as $$
declare
  thread uuid := public.open_thread(tests.document(place), '[{"uid": "a"}]', said);
begin
  if proposer is distinct from auth.uid() then
    insert into public.proposals (thread_id, document_id, uid, kind, was, proposed_by) values (thread, tests.document(document), 'a', 'delete', '[]', proposer);
  end if;
  return query insert into public.proposals (thread_id, document_id, uid, number_then, kind, was, content, reason)
    values (thread, tests.document(document), 'a', 'khoản 2 Điều 5', propose.kind, '[]', propose.content, said) returning id;
end
$$;
create function tests.proposal(said text) returns uuid language sql stable security definer as $$ select id from public.proposals where reason = said $$;
create function tests.decide(said text, kind text, person text, reason text) returns void language sql security definer
as $$ select private.decide_proposal(tests.proposal(said), kind, reason, false, tests.person(person)) $$;
grant execute on function tests.propose, tests.proposal, tests.decide to anon, authenticated;
select tests.authenticate_as('reviewer');
select lives_ok($$ select tests.propose('main', 'Lý do', 'main') $$, 'a commenter proposes');
select lives_ok($$ select tests.propose('main', 'Lý do 2', 'main') $$, 'also twice on one provision');
select tests.authenticate_as('stranger');
select lives_ok($$ select tests.propose('foreign', 'CANARY', 'foreign') $$, 'whoever has the rights elsewhere does so there');
select tests.act_as_system();
select results_eq($$ select proposed_by_name, proposed_by_agency from public.proposals where reason = 'Lý do' $$, $$ values ('Reviewer', 'Justice') $$, 'under name and agency of that day');

-- Who reads
select is(tests.who_may($$ select 1 from public.proposals where reason = 'Lý do' $$), 'owner secretary drafter codrafter reviewer viewer guest', 'readers of the document see what was proposed');
select is(tests.who_may($$ select 1 from public.proposal_list where reason = 'Lý do' $$), 'owner secretary drafter codrafter reviewer viewer guest', 'also with what became of it');
select is(tests.who_may($$ select 1 from public.thread_list where proposal is not null and document_id = tests.document('main') $$), 'owner secretary drafter codrafter reviewer viewer guest', 'and at its thread');
select is(tests.who_may($$ select 1 from public.proposals where reason = 'CANARY' $$), 'stranger', 'nobody those of another workspace');
select is(tests.who_may($$ select 1 from public.proposal_list where reason = 'CANARY' $$), 'stranger', 'in no list');
select is(tests.who_may($$ select 1 from public.work_list where kind = 'proposal-open' and document_id = tests.document('main') $$), 'owner secretary drafter codrafter', 'to decide it is the work of editors');

-- Who writes
select is(tests.who_may($$ select tests.propose('main', 'X', 'main') $$), 'owner secretary drafter codrafter reviewer guest', 'commenters and editors propose');
select is(tests.who_may($$ select tests.propose('main', 'X', 'foreign') $$), '', 'nobody in a thread of another document');
select is(tests.who_may($$ insert into public.proposals (thread_id, document_id, uid, kind, was) select id, document_id, 'a', 'delete', '[]' from public.threads where opened_by <> auth.uid() $$), '', 'nor in another''s thread');
select is(tests.who_may($$ select tests.propose('main', 'X', 'main', proposer => tests.person('anon')) $$), '', 'nor in another''s name');
select is(tests.who_may($$ update public.proposals set reason = 'X' $$), '', 'what was proposed stays');
select is(tests.who_may($$ delete from public.proposals $$), '', 'and is not removed');
select is(tests.who_may($$ insert into public.proposal_decisions (proposal_id, kind) select id, 'accepted' from public.proposals $$), '', 'nobody says by themselves that the text has it now');
select is(tests.who_may($$ select private.decide_proposal(null, 'accepted', '', false, auth.uid()) $$), '', 'not by the function either');
select tests.authenticate_as('reviewer');
select throws_ok($$ select tests.propose('main', 'X', 'main', 'replace', null) $$, '23514', null, 'new wording needs words');
select throws_ok($$ insert into public.thread_decisions (thread_id, kind) select thread_id, 'resolved' from public.proposals where reason = 'Lý do' $$, 'PL402', null, 'the thread is settled by deciding about the proposal');
select tests.act_as_system();

-- Who decides
select throws_ok($$ select tests.decide('Lý do', 'accepted', 'reviewer', '') $$, '42501', null, 'who proposed does not accept');
select throws_ok($$ select tests.decide('Lý do', 'accepted', 'viewer', '') $$, '42501', null, 'nor a reader');
select throws_ok($$ select tests.decide('Lý do', 'declined', 'guest', 'Không') $$, '42501', null, 'a guest does not decline');
select throws_ok($$ select tests.decide('Lý do', 'accepted', 'stranger', '') $$, '42501', null, 'nor somebody from elsewhere');
select throws_ok($$ select tests.decide('Lý do', 'withdrawn', 'drafter', '') $$, '42501', null, 'another does not withdraw it');
select throws_ok($$ select tests.decide('Lý do', 'declined', 'codrafter', '') $$, '23514', null, 'declining needs a reason');
select lives_ok($$ select tests.decide('Lý do', 'declined', 'codrafter', 'Trùng khoản 3') $$, 'an editor declines');
select throws_ok($$ select tests.decide('Lý do', 'accepted', 'drafter', '') $$, 'PL403', null, 'once');
select lives_ok($$ select tests.decide('Lý do 2', 'withdrawn', 'reviewer', '') $$, 'who proposed withdraws');
select results_eq($$ select l.state, l.decision_reason, l.decided_by_name from public.proposal_list l where l.document_id = tests.document('main') order by l.proposed_at $$,
  $$ values ('declined', 'Trùng khoản 3', 'Codrafter'), ('withdrawn', '', 'Reviewer') $$, 'the list says what became of each');
select is((select count(*)::integer from public.threads t join public.proposals p on p.thread_id = t.id where p.document_id = tests.document('main') and t.is_resolved), 2, 'their threads are settled');
select is((select d.sentence from public.thread_decisions d join public.proposals p on p.thread_id = d.thread_id where p.reason = 'Lý do'), 'Trùng khoản 3', 'with the reason, which who proposed is told');
update public.threads set is_hidden = true where id = (select thread_id from public.proposals where reason = 'Lý do');
select is(tests.who_may($$ select 1 from public.proposals where reason = 'Lý do' $$), 'owner secretary drafter reviewer', 'of a hidden thread managers and who proposed see it');

select * from finish();
rollback;
