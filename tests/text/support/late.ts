import { bringIn, type BroughtIn } from '../../../src/lib/text/bring-in.ts';
import { documentToUpdate } from '../../../src/lib/text/body.ts';
import { type LateWork, lateWork } from '../../../src/lib/text/late-work.ts';
import { EditMaker } from '../../../src/lib/text/planned-edit.ts';
import { expectSame } from './people.ts';
import { Person } from './person.ts';

/** What stands in front of what is kept beside. */
export const SAID = 'Hoa, ngoại tuyến:';

/** Somebody who wrote to a text that was then written anew, and somebody who writes to that since. */
export class Late {
	readonly offline: Person;
	readonly live: Person;
	readonly before: Person;
	readonly #maker: EditMaker;

	constructor(start: Uint8Array) {
		this.before = new Person(start, { clientId: 10 });
		this.offline = new Person(start, { clientId: 11 });
		// Nothing of the history is the same; every uid is.
		this.live = new Person(documentToUpdate(this.before.doc), { clientId: 12 });
		this.#maker = new EditMaker(this.live.shared.model, 'server');
	}

	/** What the offline person did, as it goes from a thread to another. */
	get work(): LateWork {
		const work = lateWork(this.before.doc, this.offline.doc);
		if (!work) throw new Error('nothing was done offline');
		return structuredClone(work);
	}

	/** Brings it into the live text, which everybody then sees alike. */
	bringIn(work = this.work): BroughtIn {
		let done!: BroughtIn;
		this.#maker.prepare((edit) => void (done = bringIn(edit, work, SAID))).write();
		expectSame(this.live);
		return done;
	}

	destroy(): void {
		for (const person of [this.before, this.offline, this.live]) person.destroy();
	}

	/** Does both, brings the one into the other and answers the lines of the live text. */
	static play(
		start: Uint8Array,
		offline: (person: Person) => void,
		live: (person: Person) => void = () => {}
	): { shown: string[]; done: BroughtIn; late: Late } {
		const late = new Late(start);
		offline(late.offline);
		live(late.live);
		const done = late.bringIn();
		return { shown: late.live.texts, done, late };
	}
}
