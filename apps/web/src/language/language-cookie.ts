/** The chosen language, read by pages and page server alike. It holds nothing but the language's two letters. */
export const LANGUAGE_COOKIE = 'onsale_language';
