import type { Config } from '#config'
import { Router } from 'express'

/** Step 04 puts the customer list here. */
export const customers = (_config: Config): Router => Router()
