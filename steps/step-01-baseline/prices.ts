import { Router } from 'express'
import type { Config } from '#config'

/** Step 03 puts the price service here. */
export const prices = (_config: Config): Router => Router()
