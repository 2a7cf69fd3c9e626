import { lookAgain } from '../ui/frame/page-data.ts';
import { LiveSocket, type TopicListener } from './client/live-socket.ts';
import { Refetch } from './client/refetch.ts';
import { LIVE_PATH, type TopicName } from './protocol.ts';

let socket: LiveSocket | undefined;

/** The tab's socket; made in the browser when somebody first listens. */
function ofThisTab(): LiveSocket {
	if (!socket) {
		const made = (socket = new LiveSocket({
			url: `${location.origin.replace(/^http/, 'ws')}${LIVE_PATH}`,
			renewSession: async () => (await fetch('/api/session', { cache: 'no-store' })).ok
		}));
		addEventListener('online', () => made.hurry());
	}
	return socket;
}

/**
 * Keeps a page live: calls `look` whenever something about the topic may have changed elsewhere (PG3), or only something
 * of these kinds. For a component's initialisation; it ends with the component.
 */
export function keepLive(topic: () => TopicName, look: () => Promise<unknown>, kinds?: readonly string[]): void {
	const refetch = new Refetch(look);
	hear(topic, {
		joined: () => refetch.soon(),
		changed: ({ kind }) => (!kinds || kind === undefined || kinds.includes(kind)) && refetch.soon(),
		// Who may see the page no longer is shown what they may see instead; who was signed out keeps what they were typing.
		ended: (why) => why === 'no access' && void lookAgain()
	});
	$effect(() => () => refetch.stop());
}

/** Hears a topic while the page is seen (PG4). For a component's initialisation; it ends with the component. */
export function hear(topic: () => TopicName, listener: TopicListener): void {
	// Derived, since whoever looks again gets new data with the same topic in it: that is no reason to join anew, and look again.
	const name = $derived(topic());
	$effect(() => {
		const current = name;
		let stop: (() => void) | null = null;
		const look = () => {
			if (document.visibilityState === 'visible') stop ??= ofThisTab().listen(current, listener);
			else {
				stop?.();
				stop = null;
			}
		};
		look();
		document.addEventListener('visibilitychange', look);
		return () => {
			document.removeEventListener('visibilitychange', look);
			stop?.();
		};
	});
}
