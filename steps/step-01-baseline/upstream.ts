import type { Config } from '#config'
import { Router } from 'express'

/** Step 12 puts the failing dependency here. */
export const upstream = (_config: Config): Router => Router()
