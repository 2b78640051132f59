import { Router } from 'express'
import type { Config } from '#config'

/** Step 08 puts the groups of routes here. */
export const routes = (_config: Config): Router => Router()
