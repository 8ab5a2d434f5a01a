/** The parts of `ipp-encoder` that are used; the package has no types of its own. */
declare module 'ipp-encoder' {
  interface Attribute {
    readonly tag: number;
    readonly name: string;
    readonly value: unknown;
  }
  interface Group {
    readonly tag: number;
    readonly attributes: readonly Attribute[];
  }
  interface Request {
    readonly operationId: number;
    readonly requestId: number;
    readonly groups: readonly Group[];
  }
  interface Response {
    readonly statusCode: number;
    readonly requestId: number;
    readonly groups: readonly Group[];
  }
  interface Coder<T> {
    readonly encode: (message: T) => Buffer;
    readonly decode: ((bytes: Uint8Array) => T) & { readonly bytes: number };
  }
  const ipp: {
    readonly CONSTANTS: {
      readonly PRINT_JOB: number;
      readonly OPERATION_ATTRIBUTES_TAG: number;
      readonly JOB_ATTRIBUTES_TAG: number;
      readonly CHARSET: number;
      readonly NATURAL_LANG: number;
      readonly URI: number;
      readonly NAME_WITHOUT_LANG: number;
      readonly MIME_MEDIA_TYPE: number;
      readonly INTEGER: number;
      readonly SUCCESSFUL_OK: number;
      readonly CLIENT_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED: number;
      readonly SERVER_ERROR_BUSY: number;
    };
    readonly STATUS_CODES: Readonly<Record<number, string>>;
    readonly request: Coder<Request>;
    readonly response: Coder<Response>;
  };
  export default ipp;
}
