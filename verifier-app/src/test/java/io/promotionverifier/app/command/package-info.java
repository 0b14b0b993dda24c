@NullMarked
package io.promotionverifier.app.command;

import org.jspecify.annotations.NullMarked;
