import type { Config } from '#config'
import { Router } from 'express'

/** Step 14 puts the hot path here. */
export const hotPath = (_config: Config): Router => Router()
