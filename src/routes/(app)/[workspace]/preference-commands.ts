import Languages from '@lucide/svelte/icons/languages';
import Monitor from '@lucide/svelte/icons/monitor';
import Moon from '@lucide/svelte/icons/moon';
import Sun from '@lucide/svelte/icons/sun';
import { m } from '$lib/i18n/paraglide/messages.js';
import { getLocale, setLocale } from '$lib/i18n/paraglide/runtime.js';
import { applyTheme } from '$lib/ui/frame/theme.ts';
import type { Command } from '$lib/ui/overlays/commands.ts';

/** Theme and language as commands of the palette; the language is offered by its own name. */
export function preferenceCommands(): Command[] {
	const theme = m.common_theme();
	const other = getLocale() === 'vi' ? 'en' : 'vi';
	return [
		{ id: 'theme-light', label: m.common_theme_light(), hint: theme, icon: Sun, run: () => applyTheme('light') },
		{ id: 'theme-dark', label: m.common_theme_dark(), hint: theme, icon: Moon, run: () => applyTheme('dark') },
		{ id: 'theme-system', label: m.common_theme_system(), hint: theme, icon: Monitor, run: () => applyTheme('system') },
		{
			id: `language-${other}`,
			label: other === 'en' ? 'English' : 'Tiếng Việt',
			hint: m.common_language(),
			icon: Languages,
			run: () => void setLocale(other)
		}
	];
}
