// The browser app as it was before the changes at hand: what a part of it has gained is told by that.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { webBudgets } from './web-budgets.mjs'
import { createWebFiles } from './web-sizes.mjs'

const git = (...args) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()

/**
 * Builds the app of the last commit, or of the one before when nothing is changed since, with the libraries of now. It
 * takes as long as a build, so only who has to tell what is new asks for it.
 * @returns `{ app, budgets }`, or undefined when there is no such commit or its app does not build
 */
export async function appBefore() {
  const root = process.cwd()
  const tree = join(mkdtempSync(join(tmpdir(), 'runnel-before-')), 'tree')
  try {
    git('worktree', 'add', '--detach', tree, git('status', '--porcelain') === '' ? 'HEAD^' : 'HEAD')
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
    process.chdir(tree)
    const { output } = await build({
      configFile: 'apps/web/vite.config.ts',
      logLevel: 'silent',
      build: { write: false },
    })
    const app = createWebFiles(output, () => 0)
    return { app, budgets: webBudgets(app) }
  } catch (error) {
    console.error(`The app as it was before could not be built: ${error.message}`)
    return undefined
  } finally {
    process.chdir(root)
    rmSync(join(tree, '..'), { recursive: true, force: true })
    git('worktree', 'prune')
  }
}
