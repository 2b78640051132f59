import type { Config } from '#config'
import { Router } from 'express'

/** Step 08 puts the groups of routes here. */
export const routes = (_config: Config): Router => Router()
