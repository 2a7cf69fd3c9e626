import type { Component } from 'svelte';
import type { LucideProps } from '@lucide/svelte';

/** Any Lucide icon, as imported from `@lucide/svelte/icons/...`. Always decorative: words carry the meaning. */
export type Icon = Component<LucideProps>;

/** How a state or message feels; always shown together with a word, never by colour alone. */
export type Tone = 'neutral' | 'teal' | 'gold' | 'green' | 'red' | 'blue';
