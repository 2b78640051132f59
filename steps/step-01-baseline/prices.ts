import type { Config } from '#config'
import { Router } from 'express'

/** Step 03 puts the price service here. */
export const prices = (_config: Config): Router => Router()
