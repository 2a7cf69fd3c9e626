import { isIPv6 } from 'node:net';

/**
 * Whom an address counts as where attempts are counted: IPv4 each for itself; IPv6 its network of 64 bits, since whoever
 * has one such address has all of them. What is no IPv6 address comes back as it is.
 */
export function networkOf(address: string): string {
	const [plain] = address.split('%');
	if (!isIPv6(plain)) return address;
	const groups = groupsOf(plain);
	const isIPv4 = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
	if (isIPv4)
		return groups
			.slice(6)
			.flatMap((group) => [group >> 8, group & 255])
			.join('.');
	return `${groups
		.slice(0, 4)
		.map((group) => group.toString(16))
		.join(':')}::/64`;
}

/** The eight groups of 16 bits of an IPv6 address, whichever way it is written. */
function groupsOf(address: string): number[] {
	const hexadecimal = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
		const [a, b, c, d] = bytes.map(Number);
		return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
	});
	const [head, tail] = hexadecimal
		.split('::')
		.map((part) => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16))));
	return tail ? [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail] : head;
}
