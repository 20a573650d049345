import type { UserRead } from '@runnel/protocol/users'
import type { UserRecord } from '@runnel/storage/records'
import { isoMicroseconds } from '../http/dates.ts'

const OPTINS = { github_starred: false, dialog_dismissed: false, discord_clicked: false }

/** A user as clients see it. */
export function toUserRead(user: UserRecord): UserRead {
  return {
    id: user.id,
    username: user.username,
    profile_image: user.profileImage,
    store_api_key: null,
    is_active: user.isActive,
    is_superuser: user.isSuperuser,
    create_at: isoMicroseconds(user.createdAt),
    updated_at: isoMicroseconds(user.updatedAt),
    last_login_at: user.lastLoginAt === null ? null : isoMicroseconds(user.lastLoginAt),
    optins: { ...OPTINS, ...user.optins },
  }
}
