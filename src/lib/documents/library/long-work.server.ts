import { Turns } from '../../server/turns.ts';

/** Imports, uploads and exports: each person has one at a time, and some that wait for it. */
export const longWork = new Turns(20);
