import type { Config } from '#config'
import type { Server } from 'node:http'

/** Step 10 attaches the price ticker here. */
export const websocket = (_server: Server, _config: Config): void => {}
