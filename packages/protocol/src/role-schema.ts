import { z } from 'zod'
import { PROJECT_ROLES } from './roles.ts'

export const RoleSchema = z.enum(PROJECT_ROLES)
