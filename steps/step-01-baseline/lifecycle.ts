import type { Server } from 'node:http'
import type { Config } from '#config'

/** Step 11 answers health probes and drains on SIGTERM here. */
export const lifecycle = (_server: Server, _config: Config): void => {}
