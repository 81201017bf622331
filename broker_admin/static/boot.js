// First child of <body>, before the modules run: the design system refuses to start without this class.
document.body.className += " js-enabled"
    + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
