import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { LoadedStep } from '../../catalogue/load-steps.ts'
import { releaseFile, releaseOf } from '../../catalogue/release.ts'
import { withStepTable } from '../../report/readme-table.ts'
import { Result } from '../../report/result.ts'
import { defineCommand } from '../command.ts'

/** The files that are made from the steps, and how. */
const generated: Record<string, (before: string, steps: LoadedStep[]) => string> = {
  'README.md': withStepTable,
  'grader/result.schema.json': () => json(z.toJSONSchema(Result)),
  [releaseFile]: (_before, steps) => json(releaseOf(steps)),
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

export const generate = defineCommand({
  name: 'generate',
  about:
    'write anew what is made from the steps: the table in README.md, the hashes of the release, the schema of results',
  takes: '',
  mostWords: 0,
  flags: { fresh: { type: 'boolean', about: 'only say whether all of it is up to date' } },
  async run({ root, flags, print, steps }) {
    let stale = 0
    for (const [name, make] of Object.entries(generated)) {
      const file = join(root, name)
      const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
      const after = make(before, await steps())
      if (before === after) {
        print(`${name} is up to date.`)
      } else if (flags.fresh) {
        stale++
        print(`${name} is out of date. Write it anew with: npm run generate`)
      } else {
        writeFileSync(file, after)
        print(`${name} is written anew.`)
      }
    }
    return stale === 0 ? 0 : 1
  },
})
