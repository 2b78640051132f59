import { Router } from 'express'
import type { Config } from '#config'

/** Step 04 puts the customer list here. */
export const customers = (_config: Config): Router => Router()
