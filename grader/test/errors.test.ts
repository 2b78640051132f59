import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type ErrorCode, errorTable, WorkshopError } from '../errors.ts'

const root = join(import.meta.dirname, '..')
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/^(test|setup)\b/.test(file) && file !== 'errors.ts')
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

/** Every `new WorkshopError('E_…', values)` of the sources, with the names of its values. */
const raised = sources.flatMap(({ file, text }) =>
  [
    ...text.matchAll(/new WorkshopError\(\s*'(E_\w+)'(?:,\s*(\{(?:[^{}]|\{[^{}]*\})*\}|\w+))?/g),
  ].map((match) => {
    const [, code = '', given = ''] = match
    // `values` is an object made in the lines before.
    const declared = [
      ...text.slice(0, match.index).matchAll(new RegExp(`const ${given} = (\\{[^}]*\\})`, 'g')),
    ].at(-1)?.[1]
    return { file, code, names: namesIn(given.startsWith('{') ? given : (declared ?? '')) }
  }),
)

function namesIn(object: string): string[] {
  return [...object.matchAll(/(?:^\{|,)\s*(\w+)/g)].map((match) => match[1] ?? '').sort()
}

const codes = Object.keys(errorTable) as ErrorCode[]
const holesOf = (code: ErrorCode): string[] => {
  const { message, cause, next } = errorTable[code]
  const holes = [...`${message} ${cause} ${next}`.matchAll(/\{(\w+)\}/g)]
  return [...new Set(holes.map((match) => match[1] ?? ''))].sort()
}

describe('the table of errors', () => {
  test('when an error is raised, then its code is in the table, and the other way round', () => {
    expect([...new Set(raised.map(({ code }) => code))].sort()).toEqual(codes.toSorted())
  })

  test.for(codes)('when %s is raised, then every hole of its texts is filled', (code) => {
    for (const { file, names } of raised.filter((one) => one.code === code)) {
      expect(names, file).toEqual(expect.arrayContaining(holesOf(code)))
    }
  })

  test.for(codes)('when %s is read, then it has a message, a cause and a next action', (code) => {
    const { message, cause, next } = errorTable[code]
    for (const text of [message, cause, next]) {
      expect(text).toMatch(/^(?:[A-Z-]|\{\w+\})/)
      expect(text).not.toMatch(/ECONN|EPIPE|undefined|\s$/)
    }
  })
})

describe('WorkshopError', () => {
  test('when it is made, then its texts are filled in and it knows whose it is', () => {
    const error = new WorkshopError('E_FILE_MISSING', { file: 'a.ts', step: 'step-02' }, ['line'])
    expect(error).toMatchObject({
      message: 'a.ts is not there.',
      next: 'Bring back the starting version with: npm run reset step-02',
      whose: 'learner',
      details: ['line'],
    })
  })
})
