import { Router } from 'express'
import type { Config } from '#config'

/** Step 12 puts the failing dependency here. */
export const upstream = (_config: Config): Router => Router()
