import { m } from '../i18n/paraglide/messages.js';

// The first that fits: later browsers name the earlier ones too, so that old sites serve them.
const BROWSERS: [RegExp, string][] = [
	[/coc_coc_browser\//i, 'Cốc Cốc'],
	[/Edg(e|A|iOS)?\//, 'Edge'],
	[/OPR\//, 'Opera'],
	[/SamsungBrowser\//, 'Samsung Internet'],
	[/(Firefox|FxiOS)\//, 'Firefox'],
	[/(Chrome|CriOS)\//, 'Chrome'],
	[/Version\/.+Safari\//, 'Safari']
];
const SYSTEMS: [RegExp, string][] = [
	[/iPhone/, 'iPhone'],
	[/iPad/, 'iPad'],
	[/Android/, 'Android'],
	[/Windows/, 'Windows'],
	[/Mac OS X/, 'macOS'],
	[/CrOS/, 'ChromeOS'],
	[/Linux/, 'Linux']
];
const PHONES = /iPhone|Android.+Mobile/;

/** What a user agent calls itself, as one would name the device: "Chrome on Windows". Not proven: anybody can send any. */
export function deviceName(userAgent: string): string {
	const [browser, system] = [BROWSERS, SYSTEMS].map((known) => known.find(([sign]) => sign.test(userAgent))?.[1]);
	if (browser && system) return m.accounts_device({ browser, system });
	return browser ?? system ?? m.accounts_device_program();
}

/** What the device looks like. */
export function deviceKind(userAgent: string): 'phone' | 'computer' | 'program' {
	if (PHONES.test(userAgent)) return 'phone';
	return SYSTEMS.some(([sign]) => sign.test(userAgent)) ? 'computer' : 'program';
}
