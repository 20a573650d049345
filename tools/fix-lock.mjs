// Run after every change of a dependency: node tools/fix-lock.mjs
// npm leaves an optional package out of the lock when the registry it used does not carry it, and `npm ci` then
// calls the lock incomplete. This adds the missing entries; npm never fetches them where os and cpu do not match.
import { readFileSync, writeFileSync } from 'node:fs'

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const SYSTEMS = ['android', 'darwin', 'win32', 'freebsd', 'openharmony', 'openbsd', 'netbsd', 'aix', 'sunos', 'linux']
const PROCESSORS = ['wasm32', 'arm64', 'x64', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'arm']

/** Looks a dependency up the way Node does: beside the package, then in each folder above it. */
function isLocked(path, name, version) {
  for (let folder = path; ; ) {
    const found = lock.packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]
    if (found && (found.version === version || /[\^~><*]/.test(version))) return true
    if (!folder) return false
    const parent = folder.lastIndexOf('node_modules/')
    folder = parent <= 0 ? '' : folder.slice(0, parent - 1)
  }
}

for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(path, name, version)) continue
    const os =
      SYSTEMS.find((system) => name.includes(system)) ??
      (/windows/.test(name) ? 'win32' : /wasm/.test(name) ? 'linux' : undefined)
    const cpu = PROCESSORS.find((processor) => name.includes(processor))
    if (!os && !cpu) continue
    const top = `node_modules/${name}`
    lock.packages[lock.packages[top] ? `${path}/${top}` : top] = {
      version,
      ...(cpu && { cpu: [cpu] }),
      ...(entry.dev && { dev: true }),
      ...(name.includes('musl') && { libc: ['musl'] }),
      optional: true,
      ...(os && { os: [os] }),
    }
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
