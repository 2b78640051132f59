import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadSteps } from '../../catalogue/load-steps.ts'
import { WorkshopError } from '../../errors.ts'
import { errorText } from '../../report/error-text.ts'
import { withStepTable } from '../../report/readme-table.ts'
import { lookOf, wrap } from '../../report/terminal.ts'
import { rounded } from '../../report/verdict-text.ts'

describe('withStepTable', () => {
  const begin = '<!-- steps: made by `npm run generate` -->'
  const readme = `# Title\n\n${begin}\nold rows\n<!-- /steps -->\n\nafter\n`
  const root = join(import.meta.dirname, '../mini-workshop')

  test('when the table is written, then all else stays, and again changes nothing', async () => {
    const steps = await loadSteps(root)
    const written = withStepTable(readme, steps)
    expect(written).toContain('[step-01](steps/step-01-baseline/README.md) | `ping` | A tiny base')
    expect(written).not.toContain('old rows')
    expect(written).toMatch(/^# Title\n\n.+<!-- \/steps -->\n\nafter\n$/s)
    expect(withStepTable(written, steps)).toBe(written)
  })

  test('when the marks are missing or turned round, then it says which it needs', async () => {
    const steps = await loadSteps(root)
    for (const text of ['# Title', `<!-- /steps -->\n${begin}`])
      expect(() => withStepTable(text, steps)).toThrow('README.md needs the lines <!-- steps')
  })
})

describe('wrap', () => {
  test('when a text is too long, then it breaks at blanks and long words stay whole', () => {
    const url = `http://127.0.0.1/${'x'.repeat(40)}`
    const lines = wrap(`one two three ${url} four`, 16, '  ').split('\n')
    expect(lines).toEqual(['one two three', `  ${url}`, '  four'])
  })
})

describe('rounded', () => {
  test.for([
    [0.123456, '0.123'],
    [1.005, '1'],
    [3, '3'],
    [12.345, '12.3'],
    [123.456, '123'],
    [1_234_567, '1234567'],
  ] as const)('when it is %d, then %s is shown', ([value, shown]) => {
    expect(rounded(value)).toBe(shown)
  })
})

describe('errorText', () => {
  test('when an error is shown, then it is one paragraph, and its details stand below', () => {
    const error = new WorkshopError('E_PORTS_TAKEN', {}, ['first', 'second'])
    expect(errorText(error, lookOf(true)).split('\n')).toEqual([
      'E_PORTS_TAKEN  No free port was found on 127.0.0.1.',
      '  Other programs hold them, or this machine does not let programs listen.',
      '  Next: Close other servers and run it again.',
      '  | first',
      '  | second',
    ])
  })
})
