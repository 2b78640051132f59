import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'))

describe('package-lock.json', () => {
  // npm leaves out what it did not find for other platforms; there, `npm ci` then refuses it all.
  test('when a package has builds for other platforms, then each of them is in the lockfile', () => {
    const packages: Record<string, { optionalDependencies?: object; integrity?: string }> =
      read('package-lock.json').packages
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`],
      ),
    )
    expect(missing).toEqual([])
  })

  test('when a package is locked, then by its content', () => {
    const packages: Record<string, { integrity?: string }> = read('package-lock.json').packages
    const open = Object.keys(packages).filter((path) => path && !packages[path]?.integrity)
    expect(open).toEqual([])
  })
})

describe('the size that the set-up announces', () => {
  test('when packages are installed, then they take about as much', () => {
    const folder = join(root, 'node_modules')
    const bytes = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
    const announced = read('package.json').config.installMegabytes
    expect(bytes / 1024 / 1024).toBeGreaterThan(announced * 0.7)
    expect(bytes / 1024 / 1024).toBeLessThan(announced * 1.3)
  })
})
