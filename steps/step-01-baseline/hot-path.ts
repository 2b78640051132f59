import { Router } from 'express'
import type { Config } from '#config'

/** Step 14 puts the hot path here. */
export const hotPath = (_config: Config): Router => Router()
