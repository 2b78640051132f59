import type { Express } from 'express'
import type { Config } from '#config'

/** Step 07 says here which proxies are believed. */
export const trustProxies = (_app: Express, _config: Config): void => {}
