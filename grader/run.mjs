// Usage: node grader/run.mjs <command> [arguments]
// The entry of every npm script. It installs what is missing, then runs grader/cli/main.ts on the
// pinned Node.
//
// It is the one file that an old Node must be able to read, so it imports nothing before it has
// checked the version, and it uses no syntax newer than that check.

const oldestNode = 18

async function run() {
  const args = process.argv.slice(2)
  const { isCurrent } = await import('./setup/current.mjs')
  const { isPinned, pinnedNode } = await import('./setup/pinned-node.mjs')
  const { dirname } = await import('node:path')
  const { fileURLToPath } = await import('node:url')
  const root = dirname(dirname(fileURLToPath(import.meta.url)))

  const pinned = pinnedNode(root)
  if (!isCurrent(root)) {
    const { install } = await import('./setup/install.mjs')
    await install(root)
  }

  const main = fileURLToPath(new URL('./cli/main.ts', import.meta.url))
  await keepCompiledCode(root)
  if (isPinned(pinned)) {
    // Nobody watches over this process, even if an outer one left its mark in the environment.
    delete process.env.WORKSHOP_PARENT_IPC
    process.argv = [process.execPath, main, ...args]
    await import('./cli/main.ts')
  } else {
    const { spawnMain } = await import('./setup/spawn-main.mjs')
    await spawnMain(pinned.path, main, args)
  }
}

/** V8 keeps what it compiled: a grade spends a quarter less CPU, the graded server's start included. */
async function keepCompiledCode(root) {
  const { join } = await import('node:path')
  process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'compiled')
  const { enableCompileCache } = await import('node:module')
  enableCompileCache?.(process.env.NODE_COMPILE_CACHE) // the host's Node may be too old to have it
}

if (Number(process.versions.node.split('.')[0]) < oldestNode) {
  console.error(
    `E_NODE_OLD: This workshop cannot start on Node ${process.versions.node}. It brings its own ` +
      `Node, but needs Node ${oldestNode} or newer to install it. Install the current LTS release ` +
      'from https://nodejs.org, open a new terminal, and run the same command again.',
  )
  process.exitCode = 2
} else {
  run().catch((error) => {
    // What the set-up expects to go wrong is explained; anything else is a bug, and its stack is
    // what helps.
    if (!(error instanceof Error) || error.name !== 'SetupError') throw error
    console.error(`\n${error.explain()}`)
    process.exitCode = 2
  })
}
