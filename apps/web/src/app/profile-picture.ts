/** Where the picture of a user is read, by the name of its file. */
export const pictureAddress = (file: string): string =>
  `/api/v1/files/profile_pictures/${file.split('/').map(encodeURIComponent).join('/')}`
