/** What went over a socket, or over many. Frames are counted with their payload, sent ones with their header too. */
export class Traffic {
	framesIn = 0;
	bytesIn = 0;
	framesOut = 0;
	bytesOut = 0;

	add(other: Traffic): void {
		this.framesIn += other.framesIn;
		this.bytesIn += other.bytesIn;
		this.framesOut += other.framesOut;
		this.bytesOut += other.bytesOut;
	}
}
