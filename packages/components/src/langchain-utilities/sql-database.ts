import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field } from '@runnel/sdk'
import type { SqlDatabase } from '../shared/sql-schema.ts'

export const sqlDatabaseConnection = defineComponent({
  type: 'SQLDatabase',
  aliases: ['SQLDatabaseComponent'],
  displayName: 'SQLDatabase',
  description: 'Names a database for nodes that ask one.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  inputs: {
    uri: field.string({
      label: 'URI',
      info: 'postgresql://user:password@host/database, or sqlite:///name for a file of yours.',
      required: true,
    }),
  },
  outputs: {
    SQLDatabase: {
      type: 'Any',
      types: ['SQLDatabase'],
      label: 'SQLDatabase',
      method: 'build_sqldatabase',
      run({ inputs }): SqlDatabase {
        if (inputs.uri.trim() === '') throw new AppError('invalid_field', ['The URI of the database is empty.'])
        return { kind: 'sql-database', url: inputs.uri.trim() }
      },
    },
  },
})
