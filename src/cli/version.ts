import description from '../../package.json' with { type: 'json' };

/** The program's version, as the package says. */
export const version: string = description.version;
