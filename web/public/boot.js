// Sets scheme and language before the first paint, so that nothing flashes. The keys are those of src/kit/theme.
(function () {
	var root = document.documentElement;
	try {
		var scheme = localStorage.getItem("lotse-scheme");
		if (scheme !== "light" && scheme !== "dark") scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
		root.setAttribute("data-mantine-color-scheme", scheme);
		if (localStorage.getItem("lotse-lang") === "en") root.lang = "en";
	} catch (_) {
		// Storage can be switched off; the defaults of index.html then stand.
	}
})();
