/** The panels at the side: a file that is loaded once the list is there, or when one of them is opened. */

import "./create-panel.js";
import "./credential-panel.js";
