"use strict";
const { remove } = require("./installation");

module.exports = async () => {
  remove();
};
