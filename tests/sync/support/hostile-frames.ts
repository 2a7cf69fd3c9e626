import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { encodeAck, encodeSync, encodeText, MESSAGE, SYNC } from '../../../src/lib/collab/protocol.ts';
import { capture, presenceFrame } from './raw-client.ts';

/** Bytes made of numbers (as varints) and text, for messages that no library would write. */
function packed(...parts: (number | string | Uint8Array)[]): Uint8Array {
	const encoder = encoding.createEncoder();
	for (const part of parts) {
		if (typeof part === 'number') encoding.writeVarUint(encoder, part);
		else if (typeof part === 'string') encoding.writeVarString(encoder, part);
		else encoding.writeUint8Array(encoder, part);
	}
	return encoding.toUint8Array(encoder);
}

const update = (...parts: Parameters<typeof packed>) => encodeSync(SYNC.update, packed(...parts));
const byte = (value: number) => new Uint8Array([value]);

/** Frames that an honest client might send, to be damaged. */
const HONEST: readonly Uint8Array[] = [...textFrames(), ...otherFrames()];

/** Small frames that claim much. */
export const BOMBS: Record<string, Uint8Array> = {
	'33 million items': update(1, 33_554_431, 1, 0),
	'2 ** 53 items': update(1, 2 ** 53 - 1, 1, 0),
	'33 million clients': update(33_554_431, 1, 1, 0),
	'33 million deletions': update(0, 1, 1, 33_554_431),
	'33 million deleted clients': update(0, 33_554_431),
	'a deletion of everything': update(0, 1, 1, 1, 0, 2 ** 39),
	'a collected range of 2 ** 39': update(1, 1, 77, 0, byte(0), 2 ** 39, 0),
	'a gap of 2 ** 39': update(1, 2, 78, 0, byte(10), 2 ** 39, byte(0), 1, 0),
	'a text of 4 GB': update(1, 1, 79, 0, byte(4), 1, 'test', 2 ** 32, 0),
	'an array of 2 ** 32 values': update(1, 1, 80, 0, byte(8), 1, 'list', 2 ** 32, 0),
	'values nested 100,000 deep': nestedValues(100_000),
	'values nested 3,000 deep': nestedValues(3_000),
	'an item in itself': update(1, 1, 81, 0, byte(4), 0, 81, 0, 'x', 0),
	'items of two clients in each other': update(2, 1, 83, 0, byte(7), 0, 82, 0, 1, 1, 82, 0, byte(7), 0, 83, 0, 1, 0),
	'an unknown type': update(1, 1, 84, 0, byte(7), 1, 'test', 99, 0),
	'an unknown content': update(1, 1, 85, 0, byte(31), 1, 'test', 0),
	'a state vector of 2 ** 31 clients': encodeSync(SYNC.step1, packed(2 ** 31, 1, 1)),
	'a state vector that knows the future': encodeSync(SYNC.step1, packed(1, 4242, 2 ** 52)),
	'20,000 people': presenceFrame(Array.from({ length: 20_000 }, (_, id) => [id + 1, 1, '{}'])),
	'2 ** 31 people': packed(MESSAGE.awareness, 6, 2 ** 31),
	'a presence nested 20,000 deep': presenceFrame([[7, 1, '['.repeat(20_000) + ']'.repeat(20_000)]]),
	'a presence with a prototype': presenceFrame([[7, 1, '{"__proto__":{"user":1},"constructor":{"prototype":{}}}']]),
	'a counter of 2 ** 53': packed(MESSAGE.ack, 2 ** 53 - 1)
};

function nestedValues(depth: number): Uint8Array {
	const values = new Uint8Array(2 * depth + 1);
	for (let at = 0; at < depth; at++) values.set([117, 1], 2 * at); // an array of one value
	values[2 * depth] = 126; // null
	return update(1, 1, 86 + depth, 0, byte(8), 1, 'list', 1, values, 0);
}

/** One damage to a frame; positions wrap around. */
type Damage = (frame: Uint8Array) => Uint8Array;

const place = (frame: Uint8Array, at: number) => at % Math.max(1, frame.byteLength);
const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const at = fc.nat(5_000);

const damage: fc.Arbitrary<Damage> = fc.oneof(
	fc.tuple(at, fc.nat(7)).map(([where, bit]): Damage => (frame) => {
		const changed = frame.slice();
		if (changed.byteLength > 0) changed[place(frame, where)] ^= 1 << bit;
		return changed;
	}),
	fc.tuple(at, fc.nat(255)).map(([where, value]): Damage => (frame) => {
		const changed = frame.slice();
		if (changed.byteLength > 0) changed[place(frame, where)] = value;
		return changed;
	}),
	at.map(
		(where): Damage =>
			(frame) =>
				frame.slice(0, place(frame, where))
	),
	fc.tuple(at, fc.nat(20)).map(([where, count]): Damage => (frame) => {
		const from = place(frame, where);
		return joined(frame.subarray(0, from), frame.subarray(from + count));
	}),
	fc.tuple(at, fc.nat(40), at).map(([where, count, to]): Damage => (frame) => {
		const from = place(frame, where);
		return joined(frame.subarray(0, place(frame, to)), frame.subarray(from, from + count), frame.subarray(place(frame, to)));
	}),
	fc
		.tuple(at, fc.constantFrom(127, 128, 16_383, 2 ** 24, 2 ** 31, 2 ** 32 - 1, 2 ** 40, 2 ** 53 - 1))
		.map(([where, lie]): Damage => (frame) => {
			const from = place(frame, where);
			return joined(frame.subarray(0, from), packed(lie), frame.subarray(from + 1));
		}),
	fc.tuple(at, fc.constantFrom(...HONEST), at).map(
		([where, other, from]): Damage =>
			(frame) =>
				joined(frame.subarray(0, place(frame, where)), other.subarray(place(other, from)))
	)
);

const KINDS = [...Object.values(MESSAGE), 2, 4, 50, 104, 127, 128, 300, 2 ** 31];

/** One frame of a hostile client: nearly right, of a random shape, or a bomb. Whole ones come too. */
export const hostileFrame: fc.Arbitrary<Uint8Array> = fc.oneof(
	{
		weight: 10,
		arbitrary: fc
			.tuple(fc.constantFrom(...HONEST), fc.array(damage, { minLength: 1, maxLength: 3 }))
			.map(([frame, damages]) => damages.reduce((bytes, each) => each(bytes), frame))
	},
	{
		weight: 4,
		// Inside a right envelope, so that the bytes are looked at as an update at all.
		arbitrary: fc
			.tuple(fc.constantFrom(SYNC.step1, SYNC.step2, SYNC.update, 3), fc.uint8Array({ maxLength: 80 }))
			.map(([step, bytes]) => encodeSync(step, bytes))
	},
	{
		weight: 2,
		arbitrary: fc.tuple(fc.constantFrom(...KINDS), fc.uint8Array({ maxLength: 80 })).map(([kind, bytes]) => packed(kind, bytes))
	},
	{ weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
	{ weight: 1, arbitrary: fc.constantFrom(...Object.values(BOMBS)) },
	{ weight: 3, arbitrary: fc.constantFrom(...HONEST) }
);

/** Updates of every content that Yjs knows, one by one and as a whole, and questions about them. */
function textFrames(): Uint8Array[] {
	const doc = new Y.Doc();
	doc.clientID = 4242;
	const text = doc.getText('test');
	const body = doc.getXmlFragment('body');
	const map = doc.getMap('map');
	const list = doc.getArray('list');
	const updates = [
		() => text.insert(0, 'Điều 1. Phạm vi điều chỉnh'),
		() => text.insert(7, ' và đối tượng', { bold: {} }),
		() => text.format(0, 6, { link: { href: 'https://plenum.test' } }),
		() => text.delete(2, 5),
		() => text.insertEmbed(0, { image: 'x' }),
		() => body.insert(0, [provision('a1', 'article'), provision('a2', 'clause')]),
		() => (body.get(0) as Y.XmlElement).setAttribute('level', 'section'),
		() => ((body.get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(3, 'thêm'),
		() => body.delete(1, 1),
		() => map.set('any', { deep: [1, null, true, 2 ** 40, 'chữ', new Uint8Array([1, 2])] as never }),
		() => map.set('doc', new Y.Doc()),
		() => map.delete('any'),
		() => list.insert(0, [1, 'two', [3], { four: 4 }, new Uint8Array([5])]),
		() => list.delete(1, 2)
	].map((change) => capture(doc, change));
	const whole = Y.encodeStateAsUpdate(doc);
	return [
		...updates.map((each) => encodeSync(SYNC.update, each)),
		encodeSync(SYNC.update, Y.mergeUpdates(updates.slice(3, 9))),
		encodeSync(SYNC.step2, whole),
		encodeSync(SYNC.step2, Y.mergeUpdates(updates)),
		encodeSync(SYNC.step1, Y.encodeStateVector(doc)),
		encodeSync(SYNC.step1, byte(0))
	];
}

function provision(uid: string, level: string): Y.XmlElement {
	const element = new Y.XmlElement('provision');
	element.setAttribute('uid', uid);
	element.setAttribute('level', level);
	element.insert(0, [new Y.XmlText(`Nội dung ${uid}`)]);
	return element;
}

function otherFrames(): Uint8Array[] {
	return [
		presenceFrame([[4242, 1, '{"user":{"name":"Hoa"},"cursor":{"anchor":1}}']]),
		presenceFrame([
			[4242, 2, 'null'],
			[4243, 1, '{}']
		]),
		encodeAck(1),
		encodeAck(70_000),
		byte(MESSAGE.queryAwareness),
		encodeText(MESSAGE.rejected, 'role'),
		encodeText(MESSAGE.role, 'manager'),
		byte(MESSAGE.renew)
	];
}
