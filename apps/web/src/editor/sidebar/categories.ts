import {
  Blocks,
  Bot,
  Brain,
  Cable,
  Cog,
  Database,
  FileStack,
  GitBranch,
  LayoutGrid,
  type LucideIcon,
  Package,
  Wrench,
} from 'lucide-react'

interface Category {
  readonly icon: LucideIcon
  /** What tests call it, whatever the language. */
  readonly testName: string
}

/** The categories of the newest Langflow in its order; everything else is a bundle of a vendor. */
export const CATEGORIES: Readonly<Record<string, Category>> = {
  input_output: { icon: Cable, testName: 'input / output' },
  data_source: { icon: Database, testName: 'data sources' },
  models_and_agents: { icon: Bot, testName: 'models & agents' },
  llm_operations: { icon: Brain, testName: 'llm operations' },
  files_and_knowledge: { icon: FileStack, testName: 'files & knowledge' },
  processing: { icon: Cog, testName: 'processing' },
  flow_controls: { icon: GitBranch, testName: 'flow controls' },
  utilities: { icon: Wrench, testName: 'utilities' },
  tools: { icon: Wrench, testName: 'tools' },
  helpers: { icon: Blocks, testName: 'helpers' },
  custom_component: { icon: LayoutGrid, testName: 'custom components' },
}

export const BUNDLE_ICON = Package

const order = Object.keys(CATEGORIES)

/** Categories first, in their order; then bundles by name. */
export function compareCategories(a: string, b: string): number {
  const [left, right] = [order.indexOf(a), order.indexOf(b)]
  if (left >= 0 && right >= 0) return left - right
  if (left >= 0 || right >= 0) return left >= 0 ? -1 : 1
  return a.localeCompare(b)
}

export const isBundle = (category: string): boolean => !order.includes(category)
