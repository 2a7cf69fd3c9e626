import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import type { Sql } from '../sql.ts';
import { BucketHome } from './bucket-home.ts';
import { Files } from './files.ts';
import { FolderHome } from './folder-home.ts';
import type { FileHome } from './home.ts';
import { RowsHome } from './rows-home.ts';

/** Where the bytes of this installation's files are. */
export function homeOf({ size, filesDir }: Pick<Config, 'size' | 'filesDir'>, sql: Sql): FileHome {
	if (size.kind === 'supabase') return new BucketHome(size);
	if (filesDir) return new FolderHome(filesDir);
	return size.kind === 'embedded' ? new FolderHome(join(size.dataDir, 'files')) : new RowsHome(sql);
}

/** The files of this installation. What a restore or another setting left in the database is moved to where files are now. */
export async function openFiles(config: Pick<Config, 'size' | 'filesDir'>, sql: Sql, log: Logger): Promise<Files> {
	const home = homeOf(config, sql);
	const files = new Files(sql, home);
	if (home instanceof RowsHome) return files;
	const moved = await files.moveFrom(new RowsHome(sql));
	if (moved > 0) log.info({ files: moved }, 'files moved out of the database');
	return files;
}
