// What pages gain where scripts run: menus that fold, counts that count, one press of a button. Nothing depends on it.
import { initAll } from "../vendor/govuk-frontend.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
