import { expect, test } from 'vitest';
import { deviceKind, deviceName } from './devices.ts';

const MOZILLA = 'Mozilla/5.0';
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
	[`${MOZILLA} (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36`, 'Chrome trên Windows', 'computer'],
	[
		`${MOZILLA} (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0`,
		'Edge trên Windows',
		'computer'
	],
	[
		`${MOZILLA} (Windows NT 10.0; WOW64) ${WEBKIT} coc_coc_browser/130.0.0 Chrome/124.0.0.0 Safari/537.36`,
		'Cốc Cốc trên Windows',
		'computer'
	],
	[`${MOZILLA} (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0`, 'Firefox trên Linux', 'computer'],
	[
		`${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15`,
		'Safari trên macOS',
		'computer'
	],
	[
		`${MOZILLA} (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1`,
		'Safari trên iPhone',
		'phone'
	],
	[
		`${MOZILLA} (Linux; Android 14; SM-S918B) ${WEBKIT} SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36`,
		'Samsung Internet trên Android',
		'phone'
	],
	[`${MOZILLA} (Windows NT 10.0)`, 'Windows', 'computer'],
	['curl/8.5.0', 'Một chương trình', 'program'],
	['', 'Một chương trình', 'program']
])('%s is called %s', (userAgent, name, kind) => {
	expect(deviceName(userAgent)).toBe(name);
	expect(deviceKind(userAgent)).toBe(kind);
});
