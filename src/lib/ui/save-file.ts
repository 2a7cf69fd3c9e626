/** Hands a file to the browser's downloads. */
export function saveFile(contents: Blob, name: string): void {
	const address = URL.createObjectURL(contents);
	Object.assign(document.createElement('a'), { href: address, download: name }).click();
	// The browser has read the address by the next task; a slow one gets a minute.
	setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
