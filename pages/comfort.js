// comfort.js: what script adds; everything works without it.
"use strict";
