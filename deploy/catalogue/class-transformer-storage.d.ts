/** What `@Type` decorators said; the package has no typings for this file of its own. */
declare module 'class-transformer/cjs/storage.js' {
  interface TypeMetadata {
    typeFunction: () => new () => object;
  }
  const storage: {
    defaultMetadataStorage: {
      findTypeMetadata(target: new () => object, propertyName: string): TypeMetadata | undefined;
    };
  };
  export default storage;
}
