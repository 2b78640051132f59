import type { Server } from 'node:http'
import type { Express } from 'express'
import type { Config } from '#config'

/** Step 09 puts TLS and HTTP/2 in front here. */
export const secure = (server: Server, _app: Express, _config: Config): Server => server
