import { type RunningServer, type ServerPlan, startServer } from '../process/start-server.ts'

/** Servers that checks asked for with settings of their own: one for each set of settings. */
const started = new Map<string, Promise<RunningServer>>()

/** The server with these settings, started when first asked for. */
export function serverWith(
  plan: ServerPlan,
  settings: ServerPlan['settings'],
): Promise<RunningServer> {
  const key = JSON.stringify(settings)
  const server =
    started.get(key) ?? startServer({ ...plan, settings: { ...plan.settings, ...settings } })
  started.set(key, server)
  return server
}

export async function stopServers(): Promise<void> {
  const servers = await Promise.allSettled(started.values())
  started.clear()
  await Promise.all(servers.map((one) => one.status === 'fulfilled' && one.value.stop()))
}
