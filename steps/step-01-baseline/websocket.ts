import type { Server } from 'node:http'
import type { Config } from '#config'

/** Step 10 attaches the price ticker here. */
export const websocket = (_server: Server, _config: Config): void => {}
