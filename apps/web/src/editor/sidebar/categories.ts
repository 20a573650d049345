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

/** The categories of the newest Langflow in its order; everything else is a bundle of a vendor. */
export const CATEGORIES: Readonly<Record<string, LucideIcon>> = {
  input_output: Cable,
  data_source: Database,
  models_and_agents: Bot,
  llm_operations: Brain,
  files_and_knowledge: FileStack,
  processing: Cog,
  flow_controls: GitBranch,
  utilities: Wrench,
  tools: Wrench,
  helpers: Blocks,
  custom_component: LayoutGrid,
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
