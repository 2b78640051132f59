/**
 * Usage: node warden.ts <grade folder>   (started by open-grade.ts, not by hand)
 *
 * Outlives its grader, whatever ends that: when the pipe on its standard input closes, by a normal
 * end, a crash or kill -9, it ends all processes of the grade, removes its folder and goes.
 */
import { cleanUp } from './grade-folder.ts'

const folder = process.argv[2]
if (!folder) throw new Error('usage: warden.ts <grade folder>')
process.stdin.resume()
process.stdin.on('error', () => {})
process.stdin.on('close', () => cleanUp(folder))
