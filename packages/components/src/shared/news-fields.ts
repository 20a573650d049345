import { field } from '@runnel/sdk'

/** What news can be narrowed by. */
export const newsFields = {
  hl: field.text({ label: 'Language (hl)', info: 'Such as en-US; the default.', advanced: true, accepts: [] }),
  gl: field.text({ label: 'Country (gl)', info: 'Such as US; the default.', advanced: true, accepts: [] }),
  ceid: field.text({
    label: 'Country:Language (ceid)',
    info: 'Such as US:en.',
    default: 'US:en',
    advanced: true,
    accepts: [],
  }),
  topic: field.text({
    label: 'Topic',
    info: 'WORLD, NATION, BUSINESS, TECHNOLOGY, ENTERTAINMENT, SCIENCE, SPORTS or HEALTH; stands above the query.',
    advanced: true,
    accepts: [],
  }),
  location: field.text({
    label: 'Location (Geo)',
    info: 'A city, state or country; stands above the query.',
    advanced: true,
    accepts: [],
  }),
}
