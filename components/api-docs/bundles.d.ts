/** The parts of two viewers that are used here; neither package brings types for its bundle. */

declare module "swagger-ui-dist/swagger-ui-bundle.js" {
  const SwaggerUIBundle: (options: {
    url: string;
    domNode: HTMLElement;
    deepLinking?: boolean;
    docExpansion?: "list" | "full" | "none";
    defaultModelsExpandDepth?: number;
    /** Null: nothing is sent to a validator elsewhere. */
    validatorUrl?: string | null;
  }) => unknown;
  export default SwaggerUIBundle;
}

declare module "redoc/bundles/redoc.standalone.js" {
  export function init(
    url: string,
    options: Record<string, unknown>,
    element: HTMLElement,
    done?: (error?: Error) => void,
  ): void;
}
