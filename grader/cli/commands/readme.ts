import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withStepTable } from '../../report/readme-table.ts'
import { defineCommand } from '../command.ts'

export const readme = defineCommand({
  name: 'readme',
  about: "write the README's table of steps anew; for authors",
  takes: '',
  mostWords: 0,
  flags: { fresh: { type: 'boolean', about: 'only say whether it is up to date' } },
  async run({ root, flags, print, steps }) {
    const file = join(root, 'README.md')
    const before = readFileSync(file, 'utf8')
    const after = withStepTable(before, await steps())
    if (before === after) {
      print('README.md is up to date.')
      return 0
    }
    if (flags.fresh) {
      print('README.md is out of date. Write it anew with: npm run readme')
      return 1
    }
    writeFileSync(file, after)
    print('README.md is written anew.')
    return 0
  },
})
